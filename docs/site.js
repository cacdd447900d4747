// On a first visit the guides are open in the navigation; after that it stays as its reader leaves it.
const guides = 'tsd-accordion-Guides'
if (localStorage.getItem(guides) === null) localStorage.setItem(guides, 'true')
