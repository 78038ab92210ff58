#include "python/interruption.h"

#include <unistd.h>

#include <algorithm>
#include <thread>

namespace xai::python {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds step{100};

thread_local WithoutGil* current = nullptr;

bool is_main_thread() { return ::gettid() == ::getpid(); }

}  // namespace

WithoutGil::WithoutGil() : state_{PyEval_SaveThread()}, asked_{steady_clock::now()} {
  current = this;
}

bool WithoutGil::end() {
  current = nullptr;
  PyEval_RestoreThread(state_);
  return !has_raised_;
}

bool is_interrupted() {
  if (current == nullptr || current->has_raised_) return current != nullptr;
  const auto now = steady_clock::now();
  if (now - current->asked_ < step || !is_main_thread()) return false;
  current->asked_ = now;
  PyEval_RestoreThread(current->state_);
  current->has_raised_ = PyErr_CheckSignals() != 0;
  current->state_ = PyEval_SaveThread();
  return current->has_raised_;
}

void sleep_interruptibly(milliseconds span) {
  for (; span.count() > 0 && !is_interrupted(); span -= step)
    std::this_thread::sleep_for(std::min(span, step));
}

}  // namespace xai::python
