//! Work on several threads whose results come out in the order in which it was given.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::thread;

/// Hands each job to one of the threads and each result, in the order of the jobs, to `finish`, which may end it all by
/// an error. With one thread nothing is handed over.
///
/// No more than two jobs beyond one a thread are under way, so that memory is bounded whatever comes in, and `next` may
/// wait for its input without holding up results.
pub fn run<J: Send, D: Send>(
    threads: usize,
    mut next: impl FnMut() -> Option<J> + Send,
    work: impl Fn(J) -> D + Sync,
    mut finish: impl FnMut(D) -> io::Result<()>,
) -> io::Result<()> {
    if threads <= 1 {
        while let Some(job) = next() {
            finish(work(job))?;
        }
        return Ok(());
    }
    let (jobs, waiting) = sync_channel::<(u64, J)>(threads);
    let (results, finished) = channel::<(u64, D)>();
    // A token for each job that is under way.
    let (take_token, tokens) = sync_channel::<()>(threads + 2);
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        scope.spawn(move || {
            for number in 0.. {
                // Whoever writes has stopped, or the jobs are over.
                let Ok(()) = take_token.send(()) else { break };
                let Some(job) = next() else { break };
                let Ok(()) = jobs.send((number, job)) else { break };
            }
        });
        for _ in 0..threads {
            let (results, waiting, work) = (results.clone(), &waiting, &work);
            scope.spawn(move || {
                while let Some((number, job)) = receive(waiting) {
                    let Ok(()) = results.send((number, work(job))) else { break };
                }
            });
        }
        drop(results);
        let written = write_in_order(finished, &tokens, &mut finish);
        // Where writing has failed, nobody need work on: without tokens no job is given any more, and those that were
        // given are taken away.
        drop(tokens);
        while receive(&waiting).is_some() {}
        written
    })
}

fn receive<J>(waiting: &Mutex<Receiver<J>>) -> Option<J> {
    waiting.lock().ok()?.recv().ok()
}

/// Gives results on in the order of their numbers, and a token back for each.
fn write_in_order<D>(
    finished: Receiver<(u64, D)>,
    tokens: &Receiver<()>,
    finish: &mut impl FnMut(D) -> io::Result<()>,
) -> io::Result<()> {
    let mut early = BTreeMap::new();
    let mut wanted = 0;
    for (number, result) in finished {
        early.insert(number, result);
        while let Some(result) = early.remove(&wanted) {
            wanted += 1;
            finish(result)?;
            // There is one for each job.
            let _ = tokens.recv();
        }
    }
    Ok(())
}
