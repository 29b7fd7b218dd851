"""Per place, one page that tells where a sanction can exist and where people find free help (R17)."""
