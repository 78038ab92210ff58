#include "cli/events.h"

#include "cli/render/text.h"

namespace xai::cli {

using namespace management;

namespace {

/// One overload for each alternative of Event: one that is missing does not compile.
struct Speaker {
  Messages* messages;

  /// The client's log has them, with -v.
  void operator()(const Attempt&) const {}
  void operator()(const PageRead& page) const {
    messages->progress("looked at " + counted(page.items, std::string{page.noun}));
  }
  void operator()(const ClustersAsked& clusters) const {
    std::vector<std::string> lagging;
    for (const std::string& host : clusters.lagging) lagging.push_back(escaped(host));
    messages->progress("known in " + std::to_string(clusters.known) + " of " +
                       counted(clusters.all, "cluster") +
                       (lagging.empty() ? "" : ", waiting for ") + listed(lagging, ""));
  }
  void operator()(const SecretTried&) const { messages->progress("using the new secret"); }
  void operator()(const AliasResolved& resolved) const {
    messages->note(in_quotes(resolved.alias) + " is an alias of " + escaped(resolved.name));
  }
  void operator()(const RecordSettled& settled) const {
    if (settled.is_overtaken)
      messages->note("the record " + settled.id +
                     " of an earlier rotation without an answer is settled by this one");
    else
      messages->note("an earlier create of " + in_quotes(settled.name) +
                     " without an answer made no key; its record " + settled.id + " is settled");
  }
  void operator()(const Warning& warning) const { messages->warn(words_of(warning)); }

  static std::string words_of(const Warning& warning) {
    switch (warning.kind) {
      case WarningKind::usage_unreadable:
        return "the usage could not be read: " + warning.detail;
      case WarningKind::models_unchecked:
        return "the models could not be checked (" + warning.detail + ")";
      case WarningKind::endpoints_unchecked:
        return "the endpoints could not be checked (" + warning.detail + ")";
      case WarningKind::model_not_in_cluster:
        return "the cluster " + escaped(warning.detail) + " does not have " +
               escaped(warning.subject);
      case WarningKind::answer_broke_off:
        return "the answer broke off, but not before the secret had come; the rest was looked up";
      case WarningKind::secret_unrecorded:
        return "the secret could not be written to the record of this run (" + warning.detail + ")";
      case WarningKind::change_unconfirmed:
        return "the answer does not show what was asked for (" + warning.detail +
               "), and the management key may not list keys to look";
      case WarningKind::not_as_asked:
        return in_quotes(warning.subject) + " is not what was asked for: " + warning.detail;
      case WarningKind::key_names_unreadable:
        return "the names of the keys could not be read: " + warning.detail;
      case WarningKind::cursor_ahead:
        return "the cursor stood at " + warning.subject +
               ", ahead of the service's clock, and was taken back to " + warning.detail +
               "; events from before that may have been left out: list them with --since";
    }
    return {};
  }
};

}  // namespace

void say(Messages& messages, const Event& event) { std::visit(Speaker{&messages}, event); }

}  // namespace xai::cli
