"""The model held against published measurements; `docs/validation.md` is written here."""
