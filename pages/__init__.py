"""One module a screen: `PAGE` as data and `render(page)`; importing one does nothing."""
