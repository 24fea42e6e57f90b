#include "engine/scenario/code.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/play_error.h"
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace sockwalk::scenario {

namespace {

[[noreturn]] void fail(const std::string& what) { throw PlayError{{}, what}; }

std::string textOf(const CodeValue& v) {
  if (auto* n = std::get_if<s64>(&v)) return std::to_string(*n);
  if (auto* d = std::get_if<double>(&v)) return std::to_string(*d);
  return std::get<std::string>(v);
}
double real(const CodeValue& v) {
  if (auto* n = std::get_if<s64>(&v)) return static_cast<double>(*n);
  if (auto* d = std::get_if<double>(&v)) return *d;
  fail("a text stands where a number is needed");
}
s64 whole(const CodeValue& v) {
  if (auto* n = std::get_if<s64>(&v)) return *n;
  if (auto* d = std::get_if<double>(&v)) return static_cast<s64>(*d);
  fail("a text stands where a number is needed");
}
bool truth(const CodeValue& v) {
  if (auto* text = std::get_if<std::string>(&v)) return !text->empty();
  return real(v) != 0;
}
bool integers(const CodeValue& a, const CodeValue& b) {
  return std::holds_alternative<s64>(a) && std::holds_alternative<s64>(b);
}

// 'cwnd=%d rtt=%d' % (a, b)
std::string formatted(const std::string& format, const std::vector<CodeValue>& values) {
  std::string out;
  size_t next = 0;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      out += format[i];
      continue;
    }
    while (++i < format.size() && !std::isalpha(static_cast<unsigned char>(format[i])) && format[i] != '%') {}
    if (i < format.size() && format[i] == '%') out += '%';
    else if (next < values.size()) out += textOf(values[next++]);
  }
  return out;
}

class Program {
public:
  Program(std::string_view text, const CodeNames& info, CodeVariables& variables)
      : m_text(text), m_info(info), m_variables(variables) {}

  std::vector<std::string> run() {
    for (;;) {
      while (take(";") || takeNewline()) {}
      if (atEnd()) return m_printed;
      statement();
      if (!atEnd() && !take(";") && !takeNewline()) fail("expected the end of the statement before '" + rest() + "'");
    }
  }

private:
  // ---- characters: a line ends at its end, unless in parentheses or after a backslash
  void blanks() {
    for (; m_at < m_text.size(); ++m_at) {
      const char c = m_text[m_at];
      if (c == '#') {
        while (m_at + 1 < m_text.size() && m_text[m_at + 1] != '\n') ++m_at;
      } else if (c == '\\') {
        while (m_at < m_text.size() && m_text[m_at] != '\n') ++m_at;
        if (m_at == m_text.size()) return;
      } else if (c != ' ' && c != '\t' && c != '\r' && !(c == '\n' && m_depth)) {
        return;
      }
    }
  }
  bool atEnd() {
    blanks();
    return m_at >= m_text.size();
  }
  bool takeNewline() {
    blanks();
    if (m_at >= m_text.size() || m_text[m_at] != '\n') return false;
    ++m_at;
    return true;
  }
  bool at(std::string_view symbol) {
    blanks();
    return m_text.substr(m_at).starts_with(symbol);
  }
  bool take(std::string_view symbol) {
    if (!at(symbol)) return false;
    m_at += symbol.size();
    return true;
  }
  static bool letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
  std::string word() {
    blanks();
    const size_t from = m_at;
    while (m_at < m_text.size() && letter(m_text[m_at])) ++m_at;
    return std::string(m_text.substr(from, m_at - from));
  }
  bool takeWord(std::string_view wanted) {
    const size_t before = (blanks(), m_at);
    if (word() == wanted) return true;
    m_at = before;
    return false;
  }
  std::string rest() { return std::string(m_text.substr(m_at, 30)); }

  // ---- statements
  void statement() {
    const size_t from = (blanks(), m_at);
    if (takeWord("assert")) return assertion();
    if (takeWord("pass")) return;
    if (takeWord("print")) return m_printed.push_back(printed());
    const std::string name = word();
    const bool adds = take("+="), subtracts = !adds && take("-=");
    if (!name.empty() && (adds || subtracts)) {
      const s64 by = whole(expression());
      m_variables[name] = whole(valueOf(name)) + (adds ? by : -by);
    } else if (!name.empty() && !at("==") && take("=")) {
      m_variables[name] = expression();
    } else {
      m_at = from;
      expression();
    }
  }
  bool statementEnds() { return blanks(), m_at == m_text.size() || m_text[m_at] == ';' || m_text[m_at] == '\n'; }
  // print(a, b), as Python 3 has it, or print a, b: the parentheses may be the statement's, or those of its first value.
  std::string printed() {
    if (statementEnds() || take("()")) return "";
    const size_t from = m_at;
    const bool inBrackets = at("(");
    std::vector<CodeValue> all;
    if (inBrackets) all = values();
    if (!inBrackets || !statementEnds()) {
      m_at = from;
      all = {expression()};
      while (take(",")) all.push_back(expression());
    }
    std::string line;
    for (const CodeValue& value : all) line += (line.empty() ? "" : " ") + textOf(value);
    return line;
  }
  void assertion() {
    const size_t from = (blanks(), m_at);
    const bool holds = truth(expression());
    const std::string what(m_text.substr(from, m_at - from));
    std::string message;
    if (take(",")) message = textOf(expression());
    if (!holds) fail("assert " + what + " does not hold" + (message.empty() ? "" : ": " + message));
  }

  // ---- expressions, from the loosest to the tightest
  CodeValue expression() {
    CodeValue left = conjunction();
    while (takeWord("or")) {
      const CodeValue right = conjunction();
      if (!truth(left)) left = right;
    }
    return left;
  }
  CodeValue conjunction() {
    CodeValue left = negation();
    while (takeWord("and")) {
      const CodeValue right = negation();
      if (truth(left)) left = right;
    }
    return left;
  }
  CodeValue negation() {
    if (takeWord("not")) return s64(!truth(negation()));
    return comparison();
  }
  static bool compared(std::string_view op, const CodeValue& a, const CodeValue& b) {
    const auto* x = std::get_if<std::string>(&a);
    const auto* y = std::get_if<std::string>(&b);
    if (x && y && (op == "==" || op == "!=")) return (*x == *y) == (op == "==");
    if (x || y) fail("texts are compared by == and != with texts only");
    const double l = real(a), r = real(b);
    if (op == "==") return l == r;
    if (op == "!=") return l != r;
    if (op == "<=") return l <= r;
    if (op == ">=") return l >= r;
    return op == "<" ? l < r : l > r;
  }
  CodeValue comparison() {
    CodeValue left = bits(0);
    bool any = false, all = true;
    for (;;) {
      std::string_view op;
      for (std::string_view candidate : {"==", "!=", "<=", ">=", "<", ">"})
        if (op.empty() && !at("<<") && !at(">>") && take(candidate)) op = candidate;
      if (op.empty()) break;
      const CodeValue right = bits(0);
      all = all && compared(op, left, right);
      any = true;
      left = right;
    }
    return any ? CodeValue(s64(all)) : left;
  }
  // | ^ & << >> by their level
  CodeValue bits(int level) {
    static constexpr std::string_view Operators[] = {"|", "^", "&"};
    if (level == 3) return shift();
    CodeValue left = bits(level + 1);
    while (take(Operators[level])) {
      const s64 a = whole(left), b = whole(bits(level + 1));
      left = level == 0 ? a | b : level == 1 ? a ^ b : a & b;
    }
    return left;
  }
  CodeValue shift() {
    CodeValue left = sum();
    for (;;) {
      const bool up = take("<<");
      if (!up && !take(">>")) return left;
      const s64 by = whole(sum());
      if (by < 0 || by > 63) fail("a shift by " + std::to_string(by));
      left = up ? static_cast<s64>(static_cast<u64>(whole(left)) << by) : whole(left) >> by;
    }
  }
  CodeValue sum() {
    CodeValue left = product();
    for (;;) {
      const bool plus = take("+");
      if (!plus && !take("-")) return left;
      const CodeValue right = product();
      if (integers(left, right))
        left = plus ? std::get<s64>(left) + std::get<s64>(right) : std::get<s64>(left) - std::get<s64>(right);
      else left = plus ? real(left) + real(right) : real(left) - real(right);
    }
  }
  CodeValue product() {
    CodeValue left = unary();
    for (;;) {
      if (std::holds_alternative<std::string>(left) && take("%")) {
        left = formatted(std::get<std::string>(left), values());
      } else if (take("*")) {
        const CodeValue right = unary();
        if (integers(left, right)) left = std::get<s64>(left) * std::get<s64>(right);
        else left = real(left) * real(right);
      } else if (at("//") || at("%")) {
        const bool quotient = take("//");
        if (!quotient) take("%");
        const s64 by = whole(unary()), n = whole(left);
        if (!by) fail("a division by zero");
        const s64 floor = n / by - (n % by != 0 && (n < 0) != (by < 0)); // towards minus infinity, as Python rounds
        left = quotient ? floor : n - floor * by;
      } else if (take("/")) {
        const double by = real(unary());
        if (by == 0) fail("a division by zero");
        left = real(left) / by;
      } else {
        return left;
      }
    }
  }
  std::vector<CodeValue> values() { // (a, b), or one
    if (!take("(")) return {unary()};
    ++m_depth;
    std::vector<CodeValue> all{expression()};
    while (take(",")) all.push_back(expression());
    closing();
    return all;
  }
  void closing() {
    const bool closed = take(")");
    --m_depth;
    if (!closed) fail("expected ')' before '" + rest() + "'");
  }
  CodeValue unary() {
    if (take("-")) {
      const CodeValue v = unary();
      return std::holds_alternative<s64>(v) ? CodeValue(-std::get<s64>(v)) : CodeValue(-real(v));
    }
    if (take("~")) return ~whole(unary());
    return atom();
  }
  CodeValue atom() {
    if (take("(")) {
      if (++m_depth > 64) fail("parentheses are nested too deep");
      CodeValue v = expression();
      closing();
      return v;
    }
    blanks();
    const char c = m_at < m_text.size() ? m_text[m_at] : '\0';
    if (c == '\'' || c == '"') return text(c);
    if (std::isdigit(static_cast<unsigned char>(c)) || c == '.') return number();
    const std::string name = word();
    if (name.empty()) fail("expected a value before '" + rest() + "'");
    return valueOf(name);
  }
  CodeValue text(char quote) {
    std::string value;
    for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) value += m_text[m_at];
    if (m_at == m_text.size()) fail("a text is not closed");
    ++m_at;
    return value;
  }
  CodeValue number() {
    const size_t from = m_at;
    while (m_at < m_text.size() && (letter(m_text[m_at]) || m_text[m_at] == '.')) ++m_at;
    const std::string digits(m_text.substr(from, m_at - from));
    const bool hex = digits.starts_with("0x");
    if (digits.find('.') != digits.npos) return std::strtod(digits.c_str(), nullptr);
    s64 value = 0;
    const char* begin = digits.c_str() + (hex ? 2 : 0);
    if (std::from_chars(begin, digits.c_str() + digits.size(), value, hex ? 16 : 10).ptr !=
        digits.c_str() + digits.size())
      fail("'" + digits + "' is no number");
    return value;
  }
  CodeValue valueOf(const std::string& name) {
    if (auto own = m_variables.find(name); own != m_variables.end()) return own->second;
    if (auto info = m_info.find(name); info != m_info.end()) return info->second;
    if (name == "True" || name == "False") return s64(name == "True");
    if (const auto constant = constantValue(name)) return *constant;
    fail("there is no '" + name + "': neither a variable nor a field of TCP_INFO");
  }

  std::string_view m_text;
  const CodeNames& m_info;
  CodeVariables& m_variables;
  size_t m_at = 0;
  int m_depth = 0;
  std::vector<std::string> m_printed;
};

} // namespace

bool codeAsksTcp(const std::string& text) { return text.find("tcpi_") != text.npos; }

std::vector<std::string> runCode(const std::string& text, const CodeNames& info, CodeVariables& variables) {
  if (text.size() > 16384) fail("this code is longer than 16 KiB");
  return Program(text, info, variables).run();
}

} // namespace sockwalk::scenario
