// Words of a lesson, which are Markdown, as HTML for a page or for paper: paragraphs, lists, tables, emphasis, code, links
// that begin with https:// or http://, and pictures that lie beside the lesson. All else is text.
#pragma once
#include "engine/tell/lessons/lesson_words.h"
#include <functional>
#include <string>

namespace sockwalk::tell {

// What stands in place of a picture's name: an address that a browser can show; "" leaves the picture out.
using PictureAddress = std::function<std::string(const std::string& name)>;
std::string htmlOfMarkdown(const std::string& words, const PictureAddress& address = {});

// What said() made of words that are no Markdown: values have no backslash before what Markdown would take for emphasis.
std::string plainWords(const LessonWords& words, std::string said);

// A picture file as an address that has all of it: "data:image/png;base64,..."; "" of what is none, or lies elsewhere than in
// `folder`.
std::string pictureInside(const std::string& folder, const std::string& name);
std::string inBase64(const std::string& bytes);

} // namespace sockwalk::tell
