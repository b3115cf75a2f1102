/**
 * Finds the push that brought an entry: the first commit number that a push row states. The ranges of two
 * pushes never overlap, so the row with the greatest first number not above an entry's is its push. An
 * index over what stands in the row already: admission writes nothing more.
 */
export const migration0002 = `
CREATE INDEX audit_of_commit ON audit (CAST(substr(detail, instr(detail, 'commits=') + 8) AS INTEGER))
WHERE action = 'push' AND instr(detail, 'commits=') > 0;
`;
