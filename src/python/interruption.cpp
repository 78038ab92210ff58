#include "python/interruption.h"

#include <unistd.h>

#include <algorithm>
#include <thread>

namespace py = pybind11;

namespace xai::python {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds step{100};

thread_local WithoutGil* current = nullptr;
thread_local const Cancellation* entered = nullptr;

bool is_main_thread() { return ::gettid() == ::getpid(); }

/// Whether the interpreter waits for this thread before it ends.
bool is_waited_for() {
  if (is_main_thread()) return true;
  try {
    const auto thread = py::module_::import("threading").attr("current_thread")();
    return !thread.attr("daemon").cast<bool>();
  } catch (const py::error_already_set&) {
    return false;
  }
}

}  // namespace

void Cancellation::enter() const { entered = this; }

void Cancellation::leave() { entered = nullptr; }

WithoutGil::WithoutGil()
    : outer_{current},
      may_take_gil_{is_waited_for()},
      cancellation_{entered},
      state_{PyEval_SaveThread()},
      asked_{steady_clock::now()} {
  current = this;
}

bool WithoutGil::end() {
  PyEval_RestoreThread(state_);
  for (const auto& work : later_)
    if (!has_raised_) work();
  current = outer_;
  return !has_raised_;
}

bool is_interrupted() {
  if (current == nullptr) return false;
  WithoutGil& call = *current;
  if (call.is_over()) return true;
  const auto now = steady_clock::now();
  if (now - call.asked_ < step || !is_main_thread()) return false;
  call.asked_ = now;
  with_gil([&call] { call.has_raised_ = PyErr_CheckSignals() != 0; });
  return call.has_raised_;
}

std::function<bool()> interruption() {
  return [call = current] { return current == call ? is_interrupted() : call->is_over(); };
}

void sleep_interruptibly(milliseconds span) {
  for (; span.count() > 0 && !is_interrupted(); span -= step)
    std::this_thread::sleep_for(std::min(span, step));
}

void with_gil(std::function<void()> work) {
  if (current == nullptr || current->has_raised_) return;
  WithoutGil& call = *current;
  if (!call.may_take_gil_) {
    call.later_.push_back(std::move(work));
    return;
  }
  PyEval_RestoreThread(call.state_);
  work();
  call.state_ = PyEval_SaveThread();
}

void call_hook(const py::handle& hook, const py::object& argument) {
  PyObject* const result = PyObject_CallOneArg(hook.ptr(), argument.ptr());
  Py_XDECREF(result);
  if (result != nullptr) return;
  if (PyErr_ExceptionMatches(PyExc_Exception) != 0)
    PyErr_WriteUnraisable(hook.ptr());
  else if (current != nullptr)
    current->has_raised_ = true;
}

}  // namespace xai::python
