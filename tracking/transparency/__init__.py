"""The log of the portal: what lets anybody hold that no history was made anew."""
