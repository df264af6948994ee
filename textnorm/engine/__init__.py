"""Running a pack over text: gate, match, resolve, splice."""
