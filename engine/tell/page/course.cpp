#include "engine/tell/page/course.h"
#include "engine/base/markup.h"
#include "engine/feed/zip.h"

namespace sockwalk::tell {

Result<std::string> courseOf(const std::string& title, const std::string& html) {
  const std::string manifest = R"(<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="sockwalk" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
          xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="walk">
    <organization identifier="walk">
      <title>)" + asMarkup(title) +
                               R"(</title>
      <item identifier="page" identifierref="file"><title>)" +
                               asMarkup(title) + R"(</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="file" type="webcontent" adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/>
    </resource>
  </resources>
</manifest>
)";
  return zipped({{"imsmanifest.xml", manifest}, {"index.html", html}});
}

} // namespace sockwalk::tell
