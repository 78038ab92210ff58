#include "cli/messages.h"

#include <utility>

#include "cli/advice.h"
#include "cli/render/text.h"
#include "cli/results.h"

namespace xai::cli {

using management::Outcome;

namespace {

constexpr std::string_view line_begin = "manage_xai: ";

std::string_view consequence_of(const management::Error& failure) {
  // What may have been made was made by an earlier run.
  if (failure.reason == management::Reason::earlier_unfinished) return "nothing was sent";
  switch (failure.outcome) {
    case Outcome::not_sent:
      return "nothing was sent";
    case Outcome::refused:
    case Outcome::throttled:
    case Outcome::unanswered:
      return "nothing was changed";
    case Outcome::done:
      return failure.reason == management::Reason::partly_done ? "nothing else was changed"
                                                               : "the change was made";
    case Outcome::unknown:
      return "the change may or may not have been made";
  }
  return {};
}

}  // namespace

void Messages::say(const std::string& line) {
  if (has_progress_) output_->write("\r\033[K");
  has_progress_ = false;
  output_->write(std::string{line_begin} + line + "\n");
  output_->flush();
}

void Messages::warn(std::string text) {
  if (is_json_)
    warnings_.push_back(std::move(text));
  else
    say(output_->painted(Style::warning, "warning:") + " " + text);
}

void Messages::note(std::string text) {
  if (is_quiet_) return;
  if (is_json_ || !has_released_notes_)
    notes_.push_back(std::move(text));
  else
    say(text);
}

void Messages::release_notes() {
  has_released_notes_ = true;
  if (is_json_) return;
  for (const std::string& text : std::exchange(notes_, {})) say(text);
}

void Messages::log(std::string_view line) { say(escaped(line)); }

void Messages::progress(const std::string& text) {
  if (!output_->is_terminal() || is_quiet_ || is_json_) return;
  if (text.empty() && !has_progress_) return;
  output_->write(text.empty() ? "\r\033[K" : "\r\033[K" + cut_to(text, output_->columns() - 1));
  output_->flush();
  has_progress_ = !text.empty();
}

void Messages::ask(const std::string& question) {
  output_->write(question + " ");
  output_->flush();
}

void Messages::conclude(const management::Error* failure) {
  progress("");
  if (failure == nullptr || failure->outcome == Outcome::done ||
      failure->outcome == Outcome::unknown)
    release_notes();
  if (is_json_) return conclude_json(failure);
  if (failure == nullptr) return;
  const auto& error = *failure;
  std::string line = error.message;
  if (line.ends_with('.')) line.pop_back();
  if (!is_local_ || error.outcome != Outcome::not_sent)
    line.append("; ").append(consequence_of(error));
  if (const std::string next = next_of(error); !next.empty()) line += "; " + next;
  say(line);
}

void Messages::conclude_json(const management::Error* failure) {
  if (failure == nullptr && warnings_.empty() && notes_.empty()) return;
  ConclusionResult result;
  if (failure == nullptr) {
    result.warnings = warnings_;
    result.notes = notes_;
  } else {
    ErrorResult& error = result.error.emplace(ErrorResult{.code = failure->kind,
                                                          .message = failure->message,
                                                          .outcome = failure->outcome,
                                                          .warnings = warnings_});
    if (failure->http_status != 0) error.http_status = failure->http_status;
    if (!failure->request_id.empty()) error.request_id = failure->request_id;
    if (std::string next = next_of(*failure); !next.empty()) error.next = std::move(next);
  }
  output_->write_json(json_of(result, 0) + "\n");
  output_->flush();
}

}  // namespace xai::cli
