"""What a run found, as typed evidence; read, compared, written."""
