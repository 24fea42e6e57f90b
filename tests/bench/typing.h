// Typing into each of the window's filters.
#pragma once

namespace sockwalk {
class MainWindow;
}

namespace sockwalk::bench {

// Reports, for each filter and the search, how long its slowest key waited.
void typeIntoEveryFilter(MainWindow& window);

} // namespace sockwalk::bench
