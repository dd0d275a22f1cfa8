"""The help of the officers' pages: two sentences for each, and the guide into which they lead."""
