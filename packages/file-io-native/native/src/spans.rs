/// Bytes that belong to JavaScript, or to the copy that came with them. Whoever holds one may use it until the call that
/// it came with is reported as done: till then `binding` keeps the memory where it is, and the seam keeps the caller's
/// hands off it.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub start: *mut u8,
    pub length: usize,
}

// A span is a promise about memory, see above; threads hand it on and never share it at the same time.
unsafe impl Send for Span {}
unsafe impl Sync for Span {}

/// Buffers in one vectored call: IOV_MAX of Linux and macOS.
#[cfg(unix)]
pub const VECTOR_COUNT_MAX: usize = 1024;

/// Bytes in one call: Linux moves at most 2^31 - 4096, Windows takes a 32-bit length.
pub const TRANSFER_BYTES_MAX: usize = 1 << 30;

/// Spans one after another, and how far into them we are.
#[derive(Debug)]
pub struct SpanCursor {
    /// Never an empty one.
    spans: Vec<Span>,
    index: usize,
    remaining: usize,
}

impl SpanCursor {
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let spans: Vec<Span> = spans.into_iter().filter(|span| span.length > 0).collect();
        let remaining = spans.iter().map(|span| span.length).sum();
        SpanCursor { spans, index: 0, remaining }
    }

    pub fn remaining(&self) -> usize {
        self.remaining
    }

    /// What is left of the span at hand; none when all is done.
    pub fn first(&self) -> Option<Span> {
        self.spans.get(self.index).copied()
    }

    /// Whether nothing follows the span at hand.
    pub fn is_last(&self) -> bool {
        self.index + 1 >= self.spans.len()
    }

    pub fn advance(&mut self, length: usize) {
        assert!(length <= self.remaining, "no more is done than was asked for");
        self.remaining -= length;
        let mut left = length;
        while left > 0 {
            let span = &mut self.spans[self.index];
            let taken = left.min(span.length);
            // Within the span, or one past its end.
            span.start = unsafe { span.start.add(taken) };
            span.length -= taken;
            left -= taken;
            if span.length == 0 {
                self.index += 1;
            }
        }
    }

    /// The next buffers for one vectored call, at most `bytes_max` bytes in all.
    #[cfg(unix)]
    pub fn vectors(&self, bytes_max: usize) -> Vec<libc::iovec> {
        let mut room = bytes_max.min(TRANSFER_BYTES_MAX);
        let mut vectors = Vec::with_capacity((self.spans.len() - self.index).min(VECTOR_COUNT_MAX));
        for span in &self.spans[self.index..] {
            if room == 0 || vectors.len() == VECTOR_COUNT_MAX {
                break;
            }
            let length = span.length.min(room);
            vectors.push(libc::iovec { iov_base: span.start.cast(), iov_len: length });
            room -= length;
        }
        vectors
    }

    /// Copies the next bytes, `target` full of them, and goes past them.
    #[cfg(target_os = "linux")]
    pub fn copy_to(&mut self, target: &mut [u8]) {
        let mut filled = 0;
        while filled < target.len() {
            let span = self.spans[self.index];
            let length = span.length.min(target.len() - filled);
            // The target is ours, so the two cannot overlap.
            unsafe { std::ptr::copy_nonoverlapping(span.start, target[filled..].as_mut_ptr(), length) };
            filled += length;
            self.advance(length);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn cursor_over(pieces: &mut [Vec<u8>]) -> SpanCursor {
        SpanCursor::new(pieces.iter_mut().map(|piece| Span { start: piece.as_mut_ptr(), length: piece.len() }))
    }

    #[test]
    fn goes_past_whole_spans_and_parts_of_them() {
        let mut pieces = [vec![1, 2, 3], vec![], vec![4], vec![5, 6, 7, 8]];
        for step in 1..=8 {
            let mut cursor = cursor_over(&mut pieces);
            let mut found = Vec::new();
            while cursor.remaining() > 0 {
                let length = step.min(cursor.remaining());
                let vectors = cursor.vectors(length);
                for vector in &vectors {
                    found.extend_from_slice(unsafe {
                        std::slice::from_raw_parts(vector.iov_base.cast::<u8>(), vector.iov_len)
                    });
                }
                cursor.advance(length);
            }
            assert_eq!(found, [1, 2, 3, 4, 5, 6, 7, 8]);
            assert!(cursor.first().is_none());
        }
    }

    #[test]
    fn gives_no_more_buffers_than_the_system_takes() {
        let mut pieces: Vec<Vec<u8>> = (0..3_000).map(|index| vec![index as u8; 2]).collect();
        let mut cursor = cursor_over(&mut pieces);
        let mut counts = Vec::new();
        while cursor.remaining() > 0 {
            let vectors = cursor.vectors(usize::MAX);
            counts.push(vectors.len());
            cursor.advance(vectors.iter().map(|vector| vector.iov_len).sum());
        }
        assert_eq!(counts, [1024, 1024, 952]);
    }
}
