// Symbols: functions and globals have addresses that depend on their names alone, and a call through a slot finds them.
#include "engine/memory/set.h"
#include "engine/memory/structures.h"
#include "engine/memory/symbols.h"
#include "tests/engine/memory/write_log.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

int g_added = 0;
int addForTheTest(int a, int b) { return g_added = a + b; }
const auto theSum = fn<addForTheTest>;
Global<list_head> symbols_test_a{"symbols_test_a"}, symbols_test_b{"symbols_test_b"};
Global<u32[5]> symbols_test_c{"symbols_test_c"};

struct Table {
  kfn<int(int, int)> built, left, empty;
};

struct SymbolTable : testing::Test {
  WriteLog log;
  EnterArena enter{&log.arena};
  const Symbols& symbols = Symbols::get();
  const Table* table = log.arena.object<Table>(Arena::HeapBegin + 0x3000);
  void SetUp() override {
    set(table->built, theSum);
    set(table->left, unbuilt<"not_simulated_for_the_test">);
    log.lines.clear();
  }
};

TEST_F(SymbolTable, ACallThroughASlotRunsTheFunctionAndIsHeardOf) {
  EXPECT_EQ(table->built(2, 3), 5);
  EXPECT_EQ(g_added, 5);
  ASSERT_EQ(log.lines.size(), 1u);
  EXPECT_EQ(log.lines[0].rfind("table call", 0), 0u);
  EXPECT_EQ(symbols.textAt(table->built.value)->name, "addForTheTest");
}

TEST_F(SymbolTable, ASlotWithoutItsFunctionSaysWhichOneIsMissing) {
  try {
    table->left(1, 2);
    FAIL() << "it was called";
  } catch (const UnbuiltFunction& f) {
    EXPECT_EQ(f.name, "not_simulated_for_the_test");
  }
  EXPECT_THROW(table->empty(1, 2), NullDereference);
}

TEST_F(SymbolTable, GlobalsLieInTheOrderOfTheirNamesAndDoNotTouch) {
  const DataSymbol *a = symbols.dataNamed("symbols_test_a"), *b = symbols.dataNamed("symbols_test_b"),
                   *c = symbols.dataNamed("symbols_test_c");
  ASSERT_TRUE(a && b && c);
  EXPECT_LT(a->offset, b->offset);
  EXPECT_GE(b->offset, a->offset + sizeof(list_head));
  EXPECT_EQ(symbols.dataAt(c->offset + 4 * 4), c) << "any byte of the object leads to it";
  EXPECT_EQ(symbols.dataAt(c->offset + 5 * 4), nullptr);
  EXPECT_EQ(symbols.dataNamed("no_such_symbol"), nullptr);
  EXPECT_EQ(symbols.textNamed("no_such_symbol"), nullptr);
}

TEST_F(SymbolTable, AGlobalsBytesAreTheEnteredArenas) {
  Arena other(nullptr, true);
  set(symbols_test_c[1], 7u);
  EXPECT_EQ(symbols_test_c[1], 7u);
  EnterArena inner(&other);
  EXPECT_EQ(symbols_test_c[1], 0u);
}

} // namespace
} // namespace sockwalk::kernel
