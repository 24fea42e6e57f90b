// Who sits here, as the lessons know it: engine/tell/lessons/person.h, beside the settings.
#pragma once
#include "engine/tell/lessons/person.h"

namespace sockwalk {

tell::Person personHere(); // whoever it is has a seed: it is drawn once
Result<void> keepPerson(const tell::Person& person);

} // namespace sockwalk
