"""What officers have before them: what is to be done, the forms, the pages of /gestion/."""
