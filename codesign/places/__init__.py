"""Places that get advice, as the record knows them."""
