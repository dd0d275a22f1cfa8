"""Programs that read what anybody may have sent: each in a process that is trusted with nothing."""
