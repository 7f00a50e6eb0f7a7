"""One file per page or act."""
