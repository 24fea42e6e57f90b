#include "engine/tell/lessons/markdown_html.h"
#include "engine/base/markup.h"
#include "engine/base/types.h"
#include "engine/base/whole_file.h"
#include <algorithm>
#include <md4c.h>

namespace sockwalk::tell {

namespace {

struct Html {
  const PictureAddress& address;
  std::string out{};
  int inPicture = 0; // its words are said by `alt`
};

std::string words(const MD_ATTRIBUTE& a) { return std::string(a.text, a.size); }

// The stop's own heading is of a higher rank than those in its text.
std::string headingTag(void* detail) {
  return "h" + std::to_string(std::min(6U, static_cast<MD_BLOCK_H_DETAIL*>(detail)->level + 2));
}

std::string blockTag(MD_BLOCKTYPE type, void* detail) {
  switch (type) {
  case MD_BLOCK_QUOTE: return "blockquote";
  case MD_BLOCK_UL: return "ul";
  case MD_BLOCK_OL: return "ol";
  case MD_BLOCK_LI: return "li";
  case MD_BLOCK_H: return headingTag(detail);
  case MD_BLOCK_CODE: return "pre";
  case MD_BLOCK_P: return "p";
  case MD_BLOCK_TABLE: return "table";
  case MD_BLOCK_TR: return "tr";
  case MD_BLOCK_TH: return "th";
  case MD_BLOCK_TD: return "td";
  default: return ""; // the document, a table's parts, HTML, which is refused before
  }
}

int enterBlock(MD_BLOCKTYPE type, void* detail, void* data) {
  Html& html = *static_cast<Html*>(data);
  if (type == MD_BLOCK_HR) html.out += "<hr>";
  const std::string tag = blockTag(type, detail);
  if (tag.empty()) return 0;
  const unsigned first = type == MD_BLOCK_OL ? static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start : 1;
  html.out += first == 1 ? "<" + tag + ">" : "<" + tag + " start=\"" + std::to_string(first) + "\">";
  return 0;
}
int leaveBlock(MD_BLOCKTYPE type, void* detail, void* data) {
  const std::string tag = blockTag(type, detail);
  if (!tag.empty()) static_cast<Html*>(data)->out += "</" + tag + ">";
  return 0;
}

const char* spanTag(MD_SPANTYPE type) {
  switch (type) {
  case MD_SPAN_EM: return "em";
  case MD_SPAN_STRONG: return "strong";
  case MD_SPAN_CODE: return "code";
  case MD_SPAN_DEL: return "del";
  default: return "";
  }
}

bool isFollowed(const std::string& address) {
  return address.starts_with("https://") || address.starts_with("http://");
}

int enterSpan(MD_SPANTYPE type, void* detail, void* data) {
  Html& html = *static_cast<Html*>(data);
  if (type == MD_SPAN_IMG) {
    const std::string name = words(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
    const std::string address = html.address ? html.address(name) : "";
    if (!address.empty()) html.out += "<img src=\"" + asMarkup(address) + "\" alt=\"";
    else html.out += "<em title=\"";
    ++html.inPicture;
  } else if (html.inPicture) return 0; // words alone
  else if (type == MD_SPAN_A) {
    const std::string address = words(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
    html.out += isFollowed(address) ? "<a href=\"" + asMarkup(address) + "\" rel=\"noreferrer\">" : "<a>";
  } else if (*spanTag(type)) html.out += std::string("<") + spanTag(type) + ">";
  return 0;
}
int leaveSpan(MD_SPANTYPE type, void* detail, void* data) {
  Html& html = *static_cast<Html*>(data);
  if (type == MD_SPAN_IMG) {
    --html.inPicture;
    const std::string name = words(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
    html.out += html.address && !html.address(name).empty() ? "\">" : "\">" + asMarkup(name) + "</em>";
  } else if (html.inPicture) return 0;
  else if (type == MD_SPAN_A) html.out += "</a>";
  else if (*spanTag(type)) html.out += std::string("</") + spanTag(type) + ">";
  return 0;
}

int text(MD_TEXTTYPE type, const MD_CHAR* said, MD_SIZE size, void* data) {
  Html& html = *static_cast<Html*>(data);
  const std::string words(said, size);
  if (type == MD_TEXT_BR) html.out += html.inPicture ? " " : "<br>";
  else if (type == MD_TEXT_SOFTBR) html.out += html.inPicture ? " " : "\n";
  else if (type == MD_TEXT_ENTITY) html.out += words; // "&amp;", as it is
  else if (type == MD_TEXT_NULLCHAR) html.out += "\uFFFD";
  else html.out += asMarkup(words);
  return 0;
}

} // namespace

std::string htmlOfMarkdown(const std::string& words, const PictureAddress& address) {
  Html html{address};
  MD_PARSER parser{};
  parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML;
  parser.enter_block = enterBlock;
  parser.leave_block = leaveBlock;
  parser.enter_span = enterSpan;
  parser.leave_span = leaveSpan;
  parser.text = text;
  md_parse(words.data(), static_cast<MD_SIZE>(words.size()), &parser, &html);
  return std::move(html.out);
}

std::string plainWords(const LessonWords& words, std::string said) {
  if (words.computed.empty()) return said; // a backslash in it is the author's
  std::string out;
  for (size_t i = 0; i < said.size(); ++i) {
    const bool before =
        said[i] == '\\' && i + 1 < said.size() && std::string_view("_*<[").find(said[i + 1]) != std::string_view::npos;
    if (!before) out += said[i];
  }
  return out;
}

// ---- pictures

std::string inBase64(const std::string& bytes) {
  static constexpr char Letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U; };
    const u32 three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (u32 part = 0; part < 4; ++part) out += i + part <= bytes.size() ? Letters[three >> (18 - 6 * part) & 63] : '=';
  }
  return out;
}

std::string pictureInside(const std::string& folder, const std::string& name) {
  static constexpr std::pair<const char*, const char*> Kinds[] = {{".png", "image/png"},
                                                                  {".jpg", "image/jpeg"},
                                                                  {".jpeg", "image/jpeg"},
                                                                  {".gif", "image/gif"},
                                                                  {".svg", "image/svg+xml"}};
  static constexpr std::uintmax_t Largest = 8'000'000; // bytes
  std::error_code error;
  const auto inside = std::filesystem::canonical(folder.empty() ? "." : folder, error);
  const auto file = error ? inside : std::filesystem::canonical(inside / name, error);
  if (error || !file.string().starts_with(inside.string() + '/')) return "";
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  const auto kind = std::ranges::find_if(Kinds, [&](const auto& k) { return ending == k.first; });
  const auto bytes = kind == std::end(Kinds) ? std::nullopt : readWholeFile(file, Largest);
  return bytes ? std::string("data:") + kind->second + ";base64," + inBase64(*bytes) : "";
}

} // namespace sockwalk::tell
