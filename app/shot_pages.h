// Which page of a view `sockwalk shot` draws, and which object it looks at.
#pragma once
#include "engine/base/result.h"
#include <string>

class QWidget;

namespace sockwalk {

class Walk;

// "tcp_sock #1", "inet_stream_ops", an address: what lives at the walk's moment. An Error says what there is.
Result<void> lookAtObject(Walk& walk, const std::string& name);
// "heat", "compare tcp_sock #2", "find 8080" of Structure; "ops" or one table of Tables; "beside" of Buffer; a structure of Eras; "":
// as the view is by itself. An Error says what pages there are.
Result<void> showPage(QWidget& view, Walk& walk, const std::string& page);

// The buffer that is looked at beside its kin, or beside itself at other moments. An Error says that there is none.
Result<void> showBeside(QWidget& bufferView);

} // namespace sockwalk
