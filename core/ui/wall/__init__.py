"""The wall: four scenes as markup, drawn in a page or served to a screen that nobody signs in on."""
