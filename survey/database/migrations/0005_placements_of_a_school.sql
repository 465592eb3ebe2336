-- Who works at a school, and what stands there beside a place: asked on every write and of every school.
CREATE INDEX placement_school ON placement (school_id, starts_on);
