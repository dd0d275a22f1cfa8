"""What an officer's system may write: drafts of reports and their supports."""
