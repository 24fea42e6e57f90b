// What the parts of a page's step are made of: see walk_page.h.
#pragma once
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/calls/calls.h"
#include "engine/tell/objects/objects.h"
#include "engine/tell/page/page_texts.h"

namespace sockwalk::tell {

nlohmann::json pagePath(const CallPath& path, const Journal& journal, PageTexts& texts);
std::string pageTenses(const PathMoment& moment); // "raapf"
nlohmann::json pageCard(const ObjectCard& card, PageTexts& texts, const LessonPage* lesson);
nlohmann::json pageBuffer(const BufferPicture& picture, PageTexts& texts);
// The words on the page's buttons and headings, those of a lesson's, and the names of the layers.
nlohmann::json pageWords(PageTexts& texts);
nlohmann::json pageLessonWords(PageTexts& texts);
nlohmann::json pageLayers(PageTexts& texts);

} // namespace sockwalk::tell
