"""What parents and pupil said when they were asked whether the pupil may be asked."""
