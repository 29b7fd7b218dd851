"""Files of reports that an advice cites, as the record keeps and gives them."""
