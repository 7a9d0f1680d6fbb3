"""The space of set-ups: load and effort curves of very many of them, before any is recruited."""
