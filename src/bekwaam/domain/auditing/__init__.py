"""Rules of auditing: samples of dossiers that anybody can draw again, and notices of assessments."""
