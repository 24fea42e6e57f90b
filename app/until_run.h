// Runs the walk to the next moment at which a condition holds, or back to the last: a piece of the record at a time, so that
// the window stays alive and a person may stop it.
#pragma once
#include "engine/tell/until/until.h"
#include "views/walk/walk.h"

namespace sockwalk {

class UntilRun final : public QObject {
  Q_OBJECT
public:
  explicit UntilRun(Walk& walk, QObject* parent = nullptr);
  // What a condition may ask for, whatever is open.
  const tell::expression::Vocabulary& vocabulary() const { return m_words; }
  // What is wrong with a condition; nothing if it can be asked, or if no walk is open.
  std::optional<tell::expression::Problem> check(const QString& condition);
  void start(const QString& condition, bool forward); // check() has found nothing wrong
  void stop();
  bool looking() const { return m_slices.isActive(); }

signals:
  void progress(double share); // 0 to 1
  void ended(bool found, const QString& words);

private:
  // The language of the session that is open now.
  class Words final : public tell::expression::Vocabulary {
  public:
    explicit Words(const UntilRun& run) : m_run(run) {}
    std::optional<tell::expression::Name> find(std::string_view word) const override;
    std::vector<tell::expression::Name> names() const override;
    std::vector<tell::expression::Constant> constants(const tell::expression::Name& name) const override;

  private:
    const UntilRun& m_run;
  };
  void slice();
  void found();
  void end(bool found, const QString& words);

  Walk& m_walk;
  std::unique_ptr<tell::Until> m_until; // of the open session
  Words m_words;
  QTimer m_slices;
  bool m_forward = true;
  EventIndex m_looked = 0; // the record's size, when its end was reached while it still grew
};

} // namespace sockwalk
