// Its precompiled header is what other tests reuse.
