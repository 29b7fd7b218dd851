"""Published documents: their schemas, their bytes and digests, what was received, the page, the PDF, verification."""
