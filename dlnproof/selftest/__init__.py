"""The software tries itself: wrong variants, forgeries, crashes, surroundings, hostile files."""
