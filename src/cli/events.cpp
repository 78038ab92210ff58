#include "cli/events.h"

#include "cli/render/text.h"
#include "cli/values.h"

namespace xai::cli {

using namespace management;

namespace {

/// One overload for each alternative of Event: one that is missing does not compile.
struct Speaker {
  Messages* messages;

  void operator()(const PageRead& page) const {
    messages->progress("looked at " + counted(page.items, "item"));
  }
  void operator()(const ClustersAsked& clusters) const {
    std::vector<std::string> lagging;
    for (const std::string& host : clusters.lagging) lagging.push_back(escaped(host));
    messages->progress("known in " + std::to_string(clusters.known) + " of " +
                       counted(clusters.all, "cluster") +
                       (lagging.empty() ? "" : ", waiting for ") + listed(lagging, ""));
  }
  void operator()(const SecretTried&) const { messages->progress("using the new secret"); }
  void operator()(const Warning& warning) const { messages->warn(words_of(warning)); }

  static std::string words_of(const Warning& warning) {
    switch (warning.kind) {
      case WarningKind::usage_unreadable:
        return "the usage could not be read: " + warning.detail;
    }
    return {};
  }
};

}  // namespace

void say(Messages& messages, const Event& event) { std::visit(Speaker{&messages}, event); }

}  // namespace xai::cli
