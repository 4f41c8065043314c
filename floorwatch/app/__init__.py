"""The only home of Textual: the screen that draws views, and nothing that knows how they came to be."""
