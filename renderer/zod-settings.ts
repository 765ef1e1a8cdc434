import { z } from 'zod';

// Zod would try whether it may generate code, which the content security policy forbids and reports. Imported before
// any schema is made.
z.config({ jitless: true });
