// What is open, as a person thinks of it: a name, a file that Save writes, and whether something in it is in no file yet.
#pragma once
#include "views/walk/walk.h"

namespace sockwalk {

class Document final : public QObject {
  Q_OBJECT
public:
  explicit Document(Walk& walk, QObject* parent = nullptr);
  // The walk has another session. `path`: the saved session that it is from; "": Save has to ask for a name.
  void begin(const QString& title, const QString& path = {});
  void putBack(const QString& title, const QString& path, bool modified); // what was put aside
  void touch();                    // something in it is in no file that the person knows of
  void saved(const QString& path); // as it is now
  QString title() const { return m_title; }
  QString path() const { return m_path; }
  QString proposedPath() const; // what Save proposes as a name
  bool isModified() const { return m_modified; }

signals:
  void changed();

private:
  void look();

  Walk& m_walk;
  QString m_title, m_path;
  std::size_t m_seen = 0; // of the session's stimuli: those before are saved, or were looked at and found to be nothing
  bool m_modified = false;
};

// How a file is called in titles and menus: by its name; what has the same name in every folder by the folder's as well.
QString fileTitle(const QString& path);

} // namespace sockwalk
