"""Fresh processes for tests of several at once: one reads all modules, the others are its children."""

import multiprocessing

fresh = multiprocessing.get_context("forkserver")
fresh.set_forkserver_preload(
    ["app", "survey.notice.topics", "tests.survey.notice.test_at_once", "tests.survey.mail.test_outbox"]
)
