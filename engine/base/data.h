// Where the program's data lies: the lessons, the sample walks and captures, the verified scores. Whoever needs a file of
// them asks here.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace sockwalk {

// The folders there are, the one that counts most first:
//   $SOCKWALK_DATA              of tests
//   $XDG_DATA_HOME/sockwalk     the person's own (without the variable, ~/.local/share/sockwalk)
//   PREFIX/share/sockwalk       above the place of the program itself, so a prefix may be moved. A build tree has such a
//                               folder too; it leads to the sources.
// In each may be lessons/NN-topic/, walks/*.pkt, failures/*.pkt, captures/*.pcap and *.pcapng, and verified.tsv.
std::vector<std::filesystem::path> dataFolders();
std::filesystem::path ownFolder(); // the person's, which need not be there yet; "" without a HOME
// The file of this name in the first folder that has it; "" if none has.
std::filesystem::path dataFile(const std::string& name);
// What lies in the folder `what` ("lessons") of all of them, by name. Of two with one name the first counts.
std::vector<std::filesystem::path> dataEntries(const std::string& what);

} // namespace sockwalk
