"""Organisations that a panel asks to stand beside its advice: inviting them, the link to hand out, who signed."""
