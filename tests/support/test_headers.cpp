// Nothing: of this library only the precompiled headers are used.
