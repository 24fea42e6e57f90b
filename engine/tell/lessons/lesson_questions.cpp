#include "engine/tell/lessons/lesson_questions.h"
#include "engine/base/markup.h"
#include "engine/base/whole_number.h"
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/lesson_places.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

class QuizMaker {
public:
  QuizMaker(const scenario::Session& session, EventIndex at)
      : m_session(session), m_asked(session.journal()), m_at(at) {}

  Result<QuizQuestion> make(const Question& q) {
    const auto right = askEngine(m_session, m_asked, q, m_at);
    if (!right) return right.error();
    QuizQuestion out{QuizQuestion::Choose, q.id, words(q.ask), words(q.because), words(q.hint), q.points};
    switch (answeredAs(q)) {
    case AnswerKind::Choose: addChoices(out, q, *right); break;
    case AnswerKind::Number: addValue(out, q, *right); break;
    case AnswerKind::Order: addOrder(out, *right); break;
    case AnswerKind::Match:
      out.kind = QuizQuestion::Match;
      for (size_t i = 0; i < q.match.size(); ++i) out.pairs.emplace_back(words(q.match[i].name), right->list[i]);
      break;
    case AnswerKind::Drag: addPointers(out, *right); break;
    case AnswerKind::Compare: // answered as one of the others
    case AnswerKind::Click:
    case AnswerKind::Write: return Error{q.id + " cannot be asked there"}; // left out before
    }
    return out;
  }

private:
  std::string words(const LessonWords& w) const { return said(w, m_session, m_at); }

  void addChoices(QuizQuestion& out, const Question& q, const RightAnswer& right) const {
    for (const Choice& choice : q.choices) {
      const Given given{choice.answer};
      const Wrong* const wrong = wrongSaid(q, right, given);
      out.answers.push_back({words(choice.shown), isRight(q, right, given), wrong ? words(wrong->words) : ""});
    }
  }
  // A number without a name is a number there as well. What has names is a text that may be written in several ways.
  void addValue(QuizQuestion& out, const Question& q, const RightAnswer& right) const {
    const FormulaValue& value = right.value;
    const std::string number = value.number ? std::to_string(*value.number) : "";
    const bool plain = value.number && value.names.empty();
    out.kind = plain ? QuizQuestion::Number : QuizQuestion::Text;
    const auto add = [&](const std::string& text, bool good, const std::string& feedback) {
      if (!text.empty() && std::ranges::find(out.answers, text, &QuizAnswer::text) == out.answers.end())
        out.answers.push_back({text, good, feedback});
    };
    if (!plain) add(value.text, true, "");
    add(number, true, "");
    if (value.number)
      for (const expression::Constant& name : value.names)
        if (name.value == *value.number) add(name.word, true, "");
    for (const Wrong& wrong : q.wrong)
      if (!plain || wholeNumber<s64>(wrong.answer)) add(wrong.answer, false, words(wrong.words));
  }
  static void addOrder(QuizQuestion& out, const RightAnswer& right) {
    out.kind = QuizQuestion::Match;
    for (size_t i = 0; i < right.list.size(); ++i) out.pairs.emplace_back(std::to_string(i + 1), right.list[i]);
  }

  // A place is matched with each pointer; one pointer alone is a number.
  static void addPointers(QuizQuestion& out, const RightAnswer& right) {
    out.kind = right.pointers.size() > 1 ? QuizQuestion::Match : QuizQuestion::Number;
    for (const Pointer& p : right.pointers)
      if (right.pointers.size() > 1) out.pairs.emplace_back(p.name, std::to_string(p.at));
      else out.answers.push_back({std::to_string(p.at), true});
  }

  const scenario::Session& m_session;
  Playhead m_asked; // its own
  EventIndex m_at;
};

} // namespace

// Why a learning system cannot ask it.
static std::optional<Text> whyLeft(const Question& q) {
  if (q.kind == AnswerKind::Click) return say("'%1' is answered in the picture and is left out", q.id);
  if (q.kind == AnswerKind::Write)
    return say("'%1' is answered with a call, which the engine makes, and is left out", q.id);
  return std::nullopt;
}

Result<Quiz> quizOf(const Lesson& lesson, const scenario::Session& session) {
  const auto stops = findStops(session, lesson);
  if (!stops) return stops.error();
  Quiz out{lesson.title};
  for (size_t i = 0; i < lesson.stops.size(); ++i) {
    QuizMaker maker(session, (*stops)[i]);
    for (const Question& q : lesson.stops[i].questions) {
      if (const auto left = whyLeft(q)) {
        out.left.push_back(*left);
        continue;
      }
      if (q.kind == AnswerKind::Drag)
        out.changed.push_back(say("'%1' has no bar to drag in there: each pointer is asked for its place", q.id));
      auto made = maker.make(q);
      if (!made) return made.error();
      out.questions.push_back(std::move(*made));
    }
    for (const Lab& lab : lesson.stops[i].labs)
      out.left.push_back(say("'%1' is a lab, which the engine checks, and is left out", lab.id));
  }
  return out;
}

// ---- GIFT

namespace {

// What means something in GIFT has a backslash before it. An empty line would end the question.
std::string giftWords(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') out += "\\n";
    else {
      if (std::string_view("\\~=#{}:").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string oneLine(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 32) c = ' ';
  return text;
}

std::string giftAnswer(const QuizQuestion& q, const QuizAnswer& a) {
  std::string out = "  ";
  if (q.kind == QuizQuestion::Choose) out += a.right ? "=" : "~";
  else out += a.right ? "=" : "=%0%";
  out += giftWords(a.text);
  if (!a.feedback.empty()) out += " #" + giftWords(a.feedback);
  return out + "\n";
}

std::string giftQuestion(const QuizQuestion& q) {
  std::string out = "::" + giftWords(oneLine(q.name)) + "::[plain]" + giftWords(q.ask) + " {";
  out += q.kind == QuizQuestion::Number ? "#\n" : "\n";
  for (const QuizAnswer& a : q.answers) out += giftAnswer(q, a);
  for (const auto& [name, value] : q.pairs) out += "  =" + giftWords(name) + " -> " + giftWords(value) + "\n";
  if (!q.because.empty()) out += "  ####" + giftWords(q.because) + "\n";
  return out + "}\n\n";
}

} // namespace

std::string gift(const Quiz& quiz) {
  std::string category = oneLine(quiz.title);
  std::ranges::replace(category, '/', '-'); // it would be a category in a category
  std::string out = "$CATEGORY: Sockwalk/" + category + "\n\n";
  for (const QuizQuestion& q : quiz.questions) out += giftQuestion(q);
  return out;
}

// ---- Moodle XML

namespace {

std::string element(const std::string& name, const std::string& words, const std::string& attributes = "") {
  return "<" + name + attributes + "><text>" + asMarkup(words) + "</text></" + name + ">\n";
}
constexpr const char* Plain = " format=\"plain_text\"";

std::string xmlAnswer(const QuizQuestion& q, const QuizAnswer& a) {
  std::string out = std::string("<answer fraction=\"") + (a.right ? "100" : "0") + "\"" + Plain + "><text>" +
                    asMarkup(a.text) + "</text>\n";
  if (q.kind == QuizQuestion::Number) out += "<tolerance>0</tolerance>\n";
  return out + element("feedback", a.feedback, Plain) + "</answer>\n";
}

std::string xmlQuestion(const QuizQuestion& q) {
  constexpr const char* Types[] = {"multichoice", "numerical", "shortanswer", "matching"};
  std::string out = std::string("<question type=\"") + Types[q.kind] + "\">\n";
  out += element("name", q.name) + element("questiontext", q.ask, Plain) + element("generalfeedback", q.because, Plain);
  out += "<defaultgrade>" + std::to_string(q.points) + "</defaultgrade>\n";
  if (q.kind == QuizQuestion::Choose)
    out += "<single>true</single>\n<shuffleanswers>true</shuffleanswers>\n<answernumbering>none</answernumbering>\n";
  if (q.kind == QuizQuestion::Match) out += "<shuffleanswers>true</shuffleanswers>\n";
  if (q.kind == QuizQuestion::Text) out += "<usecase>0</usecase>\n";
  for (const QuizAnswer& a : q.answers) out += xmlAnswer(q, a);
  for (const auto& [name, value] : q.pairs)
    out += std::string("<subquestion") + Plain + "><text>" + asMarkup(name) + "</text>\n" + element("answer", value) +
           "</subquestion>\n";
  if (!q.hint.empty()) out += element("hint", q.hint, Plain);
  return out + "</question>\n";
}

} // namespace

std::string moodleXml(const Quiz& quiz) {
  std::string category = quiz.title;
  std::ranges::replace(category, '/', '-');
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n<question type=\"category\">\n" +
                    element("category", "$course$/Sockwalk/" + category) + "</question>\n";
  for (const QuizQuestion& q : quiz.questions) out += xmlQuestion(q);
  return out + "</quiz>\n";
}

} // namespace sockwalk::tell
