"""What leaves the portal: the picture of a shared link, what another site embeds, what is kept to
be read without signal."""
