# What turns a journal into kernel-truth's formats; apart from the parser, so that kernel tests can use it alone.
add_library(sw_truth STATIC truth_format.cpp)
target_link_libraries(sw_truth PUBLIC sw_journal)
