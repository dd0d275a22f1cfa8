"""The portal as whoever keeps it running sees it: its log, its figures, whether it is ready."""
