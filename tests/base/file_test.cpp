#include "base/file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "emulator/temporary_directory.h"

namespace xai::base {
namespace {

namespace fs = std::filesystem;

TEST(BrokenLink, IsNamedWhereverItStands) {
  emulator::test::TemporaryDirectory folder;
  const std::string link = folder.file("link");
  fs::create_symlink("nowhere/at/all", link);
  for (const auto* const below : {"", "/", "/state", "//state/xai-management/pending"})
    EXPECT_EQ(broken_link(link + below), link) << below;
  fs::create_directories(folder.file("nowhere/at/all/state"));
  for (const auto* const below : {"", "/", "/state", "/state/pending"})
    EXPECT_EQ(broken_link(link + below), "") << below;
  fs::create_symlink("gone", folder.file("nowhere/at/all/state/pending"));
  EXPECT_EQ(broken_link(link + "/state/pending"), link + "/state/pending");
}

TEST(BrokenLink, IsNothingThatIsMerelyMissing) {
  emulator::test::TemporaryDirectory folder;
  EXPECT_EQ(broken_link(folder.file("missing")), "");
  EXPECT_EQ(broken_link(folder.file("missing/state/pending")), "");
  EXPECT_EQ(broken_link("missing/state"), "");
  EXPECT_EQ(broken_link("/proc/self/missing/state"), "");
  EXPECT_EQ(broken_link("/missing"), "");
}

}  // namespace
}  // namespace xai::base
