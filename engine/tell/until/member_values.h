// A member of a structure as a value that conditions compare.
#pragma once
#include "engine/tell/expression/vocabulary.h"
#include "engine/tell/structures/rows.h"

namespace sockwalk::tell {

// Presence of what is no one value (a structure, an array): it can only be asked whether it is written.
expression::Type typeOf(const MemberPlace& member);
// The names of its values: TCP_ESTABLISHED; NULL of a pointer.
std::vector<expression::Constant> constantsOf(const MemberPlace& member);
// What it is in memory: an address or a port in host order, as a person writes it. Of a text: into `text`.
expression::Value valueOf(const Playhead& memory, const MemberPlace& member, std::string& text);

} // namespace sockwalk::tell
