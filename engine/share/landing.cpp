#include "engine/share/landing.h"

namespace sockwalk::share {

static std::string page(const std::string& body) {
  return "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
         "content=\"width=device-width,initial-scale=1\"><link rel=\"icon\" "
         "href=\"data:,\"><title>Sockwalk</title><style>body{font:1.2rem/1.5 "
         "system-ui,sans-serif;margin:3rem auto;max-width:32rem;padding:0 1rem}input,button{font:inherit;padding:.4rem "
         ".7rem}</style><h1>Sockwalk</h1>" +
         body + "</html>\n";
}

std::string landingPage() {
  return page(
      "<form onsubmit=\"location.pathname='/'+this.code.value.trim()+'/';return false\"><p><label>The code on the "
      "screen · 屏幕上的代码<br><input name=\"code\" inputmode=\"numeric\" autocomplete=\"off\" autofocus "
      "size=\"8\"></label> <button>Join · 加入</button></p></form>");
}

std::string tooLongPage() {
  return page("<p>This walk is too long for a browser. Follow it with Sockwalk: Class, Join a class.</p><p "
              "lang=\"zh-CN\">这次走查太长，浏览器放不下。请用 Sockwalk 跟随：课堂，加入课堂。</p>");
}

} // namespace sockwalk::share
