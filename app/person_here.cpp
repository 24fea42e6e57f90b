#include "app/person_here.h"
#include "engine/tell/lessons/lab_numbers.h"
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSettings>

namespace sockwalk {

static std::filesystem::path fileHere() {
  return (QFileInfo(QSettings().fileName()).absolutePath() + '/' + tell::PersonName).toStdString();
}

tell::Person personHere() {
  const auto kept = tell::readPerson(fileHere());
  tell::Person person = kept ? *kept : tell::Person();
  if (person.seed) return person;
  person.seed = QRandomGenerator::global()->bounded(1u, tell::MostSeed + 1);
  if (kept) keepPerson(person).ok(); // what cannot be kept is drawn anew the next time
  return person;
}

Result<void> keepPerson(const tell::Person& person) { return tell::writePerson(fileHere(), person); }

} // namespace sockwalk
